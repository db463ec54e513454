"""The year's report as a workbook: every figure leads to the rows that it is the sum of."""
