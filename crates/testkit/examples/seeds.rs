//! Writes the files of the first cases to a folder, one for each layout: seeds for a fuzzer.

use std::fs;
use std::path::Path;

use gongkai_testkit::case::Case;
use gongkai_testkit::layout::LAYOUTS;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "seeds".to_owned());
    fs::create_dir_all(&folder)?;
    for seed in (0..).take(LAYOUTS.len()) {
        let case = Case::of(seed);
        let name = format!("{}-{}", case.layout.name, case.file_name());
        fs::write(Path::new(&folder).join(name), &case.bytes)?;
    }
    Ok(())
}
