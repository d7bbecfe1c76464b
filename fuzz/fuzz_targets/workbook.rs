//! Fuzzes the reading of what is told to be: workbook.
#![no_main]

libfuzzer_sys::fuzz_target!(
    // A slip of a parser that the reader catches is no crash; one that it lets through still is.
    init: std::panic::set_hook(Box::new(|_| {})),
    |bytes: &[u8]| gongkai_fuzz::read_as("workbook", bytes)
);
