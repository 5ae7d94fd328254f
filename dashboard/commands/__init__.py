"""The commands of `flareboard`, one module each: `add` names the arguments, `run` gives the exit code."""
