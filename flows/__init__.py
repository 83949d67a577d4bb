"""Order of steps on Prefect: which use case after which. No rule and no input or output lives here."""
