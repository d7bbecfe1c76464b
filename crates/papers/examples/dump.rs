//! Prints what was read of the files given.
fn main() {
    for name in std::env::args().skip(1) {
        let bytes = std::fs::read(&name).expect("a file");
        let document = gongkai_document::read(&bytes, &Default::default()).expect("readable");
        let report = gongkai_papers::annual_report::read(&document, &name);
        println!(
            "{name} {:?} {:?} {:?} {:?}",
            report.agency, report.year, report.form, report.forms
        );
        for reading in &report.readings {
            if reading.value.is_none_or(|value| !value.is_zero()) {
                println!(
                    "{} {:?} {:?} {:?} {:?} {:?}",
                    reading.cell,
                    reading.value,
                    reading.text,
                    reading.certainty,
                    reading.reason,
                    reading.place.line
                );
            }
        }
        let nulls = report.readings.iter().filter(|r| r.value.is_none()).count();
        println!("cells {} nulls {nulls}", report.readings.len());
        for finding in &report.findings {
            println!("{} {:?} {}", finding.check, finding.verdict, finding.message);
        }
    }
}
