//! The commands: each parses nothing and decides nothing, it calls and prints.

mod audit;
mod backup;
mod check;
mod clock;
mod compare;
mod config;
mod many;
mod office;
mod place;
mod read;
mod request;
mod rollup;
mod search;
mod seed;
mod serve;
mod session;
pub mod tally;
mod write;

pub use compare::Compared;
mod upkeep;

use crate::args::{Command, ReportCommand};
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Ending {
    /// Done, and nothing is wrong.
    Done,
    /// Done, and something was found wrong.
    FoundWrong,
    /// Something could not be done.
    NotDone,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Done => Self::SUCCESS,
            Ending::FoundWrong => Self::from(1),
            Ending::NotDone => Self::from(2),
        }
    }
}

/// Runs a command.
///
/// # Errors
/// When its answer cannot be written.
pub fn run(command: &Command) -> anyhow::Result<Ending> {
    match command {
        Command::Report(ReportCommand::Read(options)) => read::run(options),
        Command::Report(ReportCommand::Check(options)) => check::run(options),
        Command::Report(ReportCommand::Write(options)) => write::run(options),
        Command::Report(ReportCommand::Compare(options)) => compare::run(options),
        Command::Report(ReportCommand::Rollup(options)) => rollup::run(options),
        Command::Report(ReportCommand::Compile(options)) => {
            office::run(options, office::Deed::Compile)
        }
        Command::Report(ReportCommand::HandIn(options)) => {
            office::run(options, office::Deed::HandIn)
        }
        Command::Serve(options) => serve::run(options),
        Command::Search(options) => search::run(options),
        Command::Seed(options) => seed::run(options),
        Command::Audit(command) => audit::run(command),
        Command::Config(command) => config::run(command),
        Command::Request(command) => request::run(command),
        Command::Backup(options) => backup::back_up(options),
        Command::Restore(options) => backup::restore(options),
        Command::Verify(options) => upkeep::verify(options),
        Command::Doctor(options) => upkeep::doctor(options),
        Command::Clock(options) => clock::run(options),
    }
}
