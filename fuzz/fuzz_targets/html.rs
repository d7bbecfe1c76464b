//! Fuzzes the reading of what is told to be: html.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| gongkai_fuzz::read_as("html", bytes));
