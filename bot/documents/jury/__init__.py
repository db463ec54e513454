"""The jury's papers, drawn from their layout: PDF to be signed, XLSX to be worked with."""
