//! Fuzzes the reading of what is told to be: pdf.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| gongkai_fuzz::read_as("pdf", bytes));
