//! CSV of keys and values into what it states: one report a file, or one a source.

use super::Stated;

/// The reports; `None` when no columns are named `key` and `value`.
pub(super) fn stated(text: &str) -> Option<Vec<Stated>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let head = reader.headers().ok()?.clone();
    let column = |name: &str| head.iter().position(|each| each.trim() == name);
    let (key, value) = (column("key")?, column("value")?);
    let [source, agency, year, form] = ["source", "agency", "year", "form"].map(column);
    let mut reports: Vec<Stated> = Vec::new();
    for row in reader.records() {
        let row = row.ok()?;
        let field =
            |at: Option<usize>| at.and_then(|at| row.get(at)).filter(|text| !text.is_empty());
        let owned = |at: Option<usize>| field(at).map(str::to_owned);
        let is_next = reports.last().is_none_or(|last| last.source.as_deref() != field(source));
        if is_next {
            let year = field(year).and_then(|text| text.parse().ok());
            let (source, agency, form) = (owned(source), owned(agency), None);
            reports.push(Stated { source, agency, year, form, ..Stated::default() });
        }
        let report = reports.last_mut().expect("one was pushed if there was none");
        let (key, value) = (field(Some(key)).unwrap_or_default(), field(Some(value)));
        if let (Some(form), Some(table)) = (field(form), key.split('.').next()) {
            report.forms.entry(table.to_owned()).or_insert_with(|| form.to_owned());
        }
        put(report, key, value.unwrap_or_default());
    }
    (!reports.is_empty()).then_some(reports)
}

fn put(report: &mut Stated, key: &str, value: &str) {
    match key.split_once('.') {
        None if key == "agency" => report.agency = Some(value.to_owned()),
        None if key == "year" => report.year = value.parse().ok(),
        None if key == "form" => report.form = Some(value.to_owned()),
        Some(("forms", table)) => {
            report.forms.insert(table.to_owned(), value.to_owned());
        }
        Some(("sections", number)) => {
            report.sections.push((number.parse().ok(), None, value.to_owned()));
        }
        _ => {
            report.figures.insert(key.to_owned(), value.to_owned());
        }
    }
}
