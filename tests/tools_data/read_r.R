# Tables as R reads them: read_r.R SNIPPET OUT TABLE..., in the folder of the tables. The snippet is the document's; the form of what is
# told is that of told.py.

arguments <- commandArgs(trailingOnly = TRUE)
source(arguments[1], encoding = "UTF-8")
out <- arguments[2]

kind <- function(column) {
  switch(class(column)[1], character = "text", integer = "whole", numeric = "number", logical = "flag", Date = "day", class(column)[1])
}
told <- function(column) {
  text <- as.character(column)
  if (is.numeric(column)) text <- vapply(column, function(one) format(one, digits = 15, scientific = FALSE), "")
  if (is.logical(column)) text <- tolower(text)
  for (pair in list(c("\\", "\\\\"), c("\t", "\\t"), c("\n", "\\n"), c("\r", "\\r"))) {
    text <- gsub(pair[1], pair[2], text, fixed = TRUE)
  }
  text[is.na(column)] <- "\\N"
  text
}

for (name in arguments[-(1:2)]) {
  table <- load_table(paste0(name, ".csv"))
  lines <- c(paste(names(table), collapse = "\t"), paste(vapply(table, kind, ""), collapse = "\t"))
  if (nrow(table) > 0) lines <- c(lines, do.call(paste, c(lapply(unname(table), told), sep = "\t")))
  file <- file(file.path(out, name), "wb")
  writeLines(enc2utf8(lines), file, useBytes = TRUE)
  close(file)
}
