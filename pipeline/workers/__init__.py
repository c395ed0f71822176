"""Who annotates: this process, processes of this machine, a Dask cluster; results in order."""
