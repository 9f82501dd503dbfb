extension DiagnosticGuide {
  /// CSV files and the data sets made of them.
  static let dataRules: [Rule] = [
    Rule(
      "data.bare-carriage-return", "lines of a CSV file end with LF or CR LF",
      """
      A carriage return alone is the line end of very old systems; some readers would break the line
      there and others not. Save the file with another line end. Inside quotes it is kept.
      """),
    Rule(
      "data.duplicate-column", "column names of a CSV file differ",
      """
      Columns are chosen by name, in `features`, `label` and `target`, so a name that stands twice
      names neither. Rename one in the header.
      """,
      wrong: "width,width,species", right: "petal_width,sepal_width,species"),
    Rule(
      "data.empty-file", "a CSV file begins with a header",
      """
      The first line names the columns. This file is empty: an export may have failed, or the path
      names another file than was meant.
      """),
    Rule(
      "data.empty-part", "every part of the split with a share gets rows",
      """
      The share is too small for the number of rows. Enlarge it, take more rows, or leave the part
      out of the `split`.
      """,
      wrong: "split: {train: 0.99, test: 0.01}      # of 40 rows",
      right: "split: {train: 0.8, test: 0.2}"),
    Rule(
      "data.invalid-shares", "the shares of a split add up to 1",
      """
      Each row belongs to exactly one part. A part that is left out, when others are given, has the
      share 0.
      """,
      wrong: "split: {train: 0.8, test: 0.1}", right: "split: {train: 0.8, test: 0.2}"),
    Rule(
      "data.invalid-utf8", "a CSV file is UTF-8 text",
      """
      The same bytes mean other letters in other encodings, and a guess would make other classes of
      the same file. Convert it, for instance with `iconv -f GBK -t UTF-8`.
      """),
    Rule(
      "data.long-field", "a field of a CSV file has at most 65,536 bytes",
      """
      Numbers and class names are short, so a longer field is usually a quotation mark that is
      closed much too late. The diagnostic shows where the field begins.
      """),
    Rule(
      "data.missing-class", "every part of a stratified split gets rows of every class",
      """
      A class without a row in a part cannot be learnt or measured there. A rare class needs a
      larger part: enlarge the part, leave it out with a share of 0, or drop the class. Of sets of
      labels, which are spread label by label, a split with `stratify: false` asks nothing.
      """),
    Rule(
      "data.missing-file", "the data file exists",
      """
      Paths are relative to the project root: the nearest folder upwards with `assay.yaml`, else
      with `.git`, else the notebook's own folder. They do not depend on where you run Assay. Upper
      and lower case differ.
      """),
    Rule(
      "data.missing-value", "a cell of a column that is used is not empty",
      """
      What to put in place of a missing value is a decision about the data, and Assay does not make
      it silently. Fill the cell, drop the row, or choose `features` without the column.
      """),
    Rule(
      "data.no-features", "a data set has at least one feature column",
      """
      Beside the label or target there is no column to learn from. Look at `features`, and whether
      the file uses commas: other separators make one column of the whole line.
      """),
    Rule(
      "data.no-rows", "a CSV file has at least one row below its header",
      """
      There is a header and nothing to learn from. If the first line is data, put a header before
      it.
      """),
    Rule(
      "data.no-target", "a data set has a `label` or a `target`",
      """
      `label` names the column of classes, `target` a column of numbers to predict. One of the two
      is given.
      """,
      wrong: "dataset: {csv: data/iris.csv}",
      right: "dataset: {csv: data/iris.csv, label: species}"),
    Rule(
      "data.not-a-number", "a cell of a feature or target column is a number",
      """
      Numbers are written with a point, like `1.5` or `-2e-3`, without units or separators of
      thousands. The diagnostic shows the first cell that is not. Text columns are left out of
      `features`; a column of classes is a `label`.
      """,
      wrong: "\"1,234\" or 12cm", right: "1234 or 12"),
    Rule(
      "data.not-finite", "values are finite and within the range of float32",
      """
      Training computes in float32, whose largest number is about 3.4e38, and one infinite or NaN
      value makes every weight NaN. The same holds of values once they are standardised. Mend the
      cell, or change the unit of the column.
      """),
    Rule(
      "data.one-class", "a classifier has two classes or more",
      """
      Every row has the same label, so there is nothing to tell apart. Look whether `label` names
      the column that was meant.
      """),
    Rule(
      "data.out-of-range", "the settings of a data set lie in their ranges",
      """
      The message names the setting and its range. `assay explain dataset` describes all.
      """),
    Rule(
      "data.outside-root", "a data file lies below the project root, not hidden, not behind a link",
      """
      A notebook may come from a stranger and must not read your other files. So a path does not
      leave the root, pass through hidden files or folders, or follow symbolic links. Copy the file
      into the project, for instance to `data/`.
      """),
    Rule(
      "data.ragged-row", "every row has as many fields as the header",
      """
      A field too many or too few shifts the others into wrong columns. A comma in a field needs
      quotation marks around the field; a comma at the end of a line makes one more, empty field.
      """,
      wrong: "Oslo, Norway,4.1", right: "\"Oslo, Norway\",4.1"),
    Rule(
      "data.repeated-column", "a column is used once",
      """
      A feature that stands twice counts twice; and a feature that is also the label or target
      would give the answer away. Take one of the two out.
      """),
    Rule(
      "data.stray-quote", "a quotation mark encloses a whole field",
      """
      A field begins and ends with the mark, or holds none. After the closing mark comes a comma or
      the end of the line. A mark inside a quoted field is written twice.
      """,
      wrong: "5\" disk,3", right: "\"5\"\" disk\",3"),
    Rule(
      "data.too-many-columns", "a CSV file has at most 16,384 columns",
      """
      The limit keeps a foreign file from exhausting memory. Look whether the line ends are those of
      CSV: a file read as one line has very many fields.
      """),
    Rule(
      "data.unclosed-quote", "a quoted field is closed",
      """
      From the quotation mark that is shown to the end of the file everything belongs to one field.
      Close it, or write a mark inside a field twice.
      """),
    Rule(
      "data.unknown-column", "`features`, `label` and `target` name columns of the file",
      """
      Names are those of the header, compared exactly, upper and lower case and spaces included. The
      diagnostic lists the columns and suggests the nearest.
      """,
      wrong: "label: Species", right: "label: species"),
    Rule(
      "data.unreadable", "a data file is a regular file that can be read",
      """
      Folders, devices and pipes are refused, because their contents are not the same twice. The
      message gives the reason of the system, such as missing permission.
      """),
    Rule(
      "data.unusable", "a data set that was checked can be used",
      """
      The file was sound when the notebook was planned and is no longer: it was changed in between.
      Run again; the message of the check then says what is wrong with the file.
      """),
  ]
}
