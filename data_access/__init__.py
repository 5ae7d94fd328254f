"""Floor 2: everything that knows SQL or a file format; no Streamlit, no Plotly."""
