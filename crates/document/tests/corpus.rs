//! What the fuzzers found worth keeping is read without panic, within its bounds.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

#[path = "../../../fuzz/src/lib.rs"]
mod fuzz;

#[test]
fn every_file_of_the_fuzzers_corpus_is_read_or_refused_in_time() {
    let corpus = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus"));
    let mut n_files = 0;
    for target in ["text", "html", "docx", "workbook", "pdf"] {
        let Ok(files) = fs::read_dir(corpus.join(target)) else { continue };
        for file in files {
            let path = file.unwrap().path();
            let start = Instant::now();
            fuzz::read_as(target, &fs::read(&path).unwrap());
            assert!(start.elapsed() < Duration::from_secs(20), "{}", path.display());
            n_files += 1;
        }
    }
    assert!(0 < n_files, "the corpus is there");
}
