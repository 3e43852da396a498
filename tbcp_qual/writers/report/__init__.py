"""The report on a study, before it is a file: parts made of blocks, which Word, a web page and a workbook show alike."""
