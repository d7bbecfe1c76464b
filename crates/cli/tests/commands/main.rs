//! The commands as a person types them: arguments, files, what is said and how it ends.

mod clock;
mod files;
mod layouts;
mod program;
mod reports;
mod request;
mod upkeep;
