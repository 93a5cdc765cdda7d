"""Statistical tables: files of cells become documents whose figures are their cells."""
