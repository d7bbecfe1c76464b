//! Tests of the narrative checks on invented reports.
