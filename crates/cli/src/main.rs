//! The program `gongkai`: parses the command line, runs one command, ends with its exit code.

mod args;
mod commands;
mod input;
mod output;
mod problem;
mod render;
mod run;
mod usage;
mod work;

use clap::Parser;
use commands::Ending;
use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(error) => return usage::explain(&error),
    };
    match commands::run(&args.command) {
        Ok(ending) => ending.into(),
        Err(error) if is_broken_pipe(&error) => Ending::Done.into(),
        Err(error) => {
            // Nothing is left to tell when stderr itself is gone.
            let _ = writeln!(io::stderr(), "错误：{error:#}");
            Ending::NotDone.into()
        }
    }
}

/// Whoever read our output has enough, as in `gongkai … | head`.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}
