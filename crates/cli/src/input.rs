//! The files to read: arguments and the contents of folders, in order, each once.

use crate::problem::Problem;
use ignore::{DirEntry, WalkBuilder};
use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Where one report comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Source {
    /// Standard input, given as `-`.
    Stdin,
    /// A file that was named.
    Named(PathBuf),
    /// A file met in a folder that was named.
    Found(PathBuf),
}

impl Source {
    /// The name it goes by in every output.
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::Named(path) | Self::Found(path) => path.to_string_lossy().into_owned(),
        }
    }
}

/// Everything to read, and what of it could not even be found.
#[derive(Debug, Default)]
pub struct Inputs {
    /// In the order of the arguments; inside folders by name.
    pub sources: Vec<Source>,
    /// Folders that could not be walked or hold nothing.
    pub problems: Vec<Problem>,
    /// Whether a folder was among the arguments.
    pub has_folder: bool,
}

/// Gathers the files of the arguments. A file met twice, by whatever name, is read once.
pub fn gather(arguments: &[PathBuf]) -> Inputs {
    let mut inputs = Inputs::default();
    let mut seen = HashSet::new();
    for argument in arguments {
        if argument.as_os_str() == "-" {
            if !inputs.sources.contains(&Source::Stdin) {
                inputs.sources.push(Source::Stdin);
            }
        } else if argument.is_dir() {
            inputs.has_folder = true;
            walk(argument, &mut seen, &mut inputs);
        } else if seen.insert(identity(argument)) {
            inputs.sources.push(Source::Named(argument.clone()));
        }
    }
    inputs
}

fn identity(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

fn walk(folder: &Path, seen: &mut HashSet<PathBuf>, inputs: &mut Inputs) {
    let mut is_bare = true;
    let entries = WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .sort_by_file_name(OsStr::cmp)
        .filter_entry(|entry| !is_leftover(entry))
        .build();
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                is_bare = false;
                if seen.insert(identity(entry.path())) {
                    inputs.sources.push(Source::Found(entry.into_path()));
                }
            }
            Ok(_) => {}
            Err(error) if is_loop_or_dangling(&error) => {}
            Err(error) => {
                is_bare = false;
                inputs.problems.push(walk_problem(folder, error));
            }
        }
    }
    if is_bare {
        inputs.problems.push(Problem::nothing_in(&folder.to_string_lossy()));
    }
}

/// Lock files that office programs leave behind, and folders of version control not hidden.
fn is_leftover(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() != 0 && (name.starts_with("~$") || name == "CVS" || name == "_darcs")
}

/// A link back to its own folder, or to nothing: no report stands there.
fn is_loop_or_dangling(error: &ignore::Error) -> bool {
    let is_missing = error.io_error().is_some_and(|e| e.kind() == std::io::ErrorKind::NotFound);
    let is_loop = match error {
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithPath { err, .. } => {
            is_loop_or_dangling(err)
        }
        ignore::Error::Loop { .. } => true,
        _ => false,
    };
    is_missing || is_loop
}

fn walk_problem(folder: &Path, error: ignore::Error) -> Problem {
    let path = path_of(&error).unwrap_or(folder).to_string_lossy().into_owned();
    match error.into_io_error() {
        Some(error) => Problem::unopened(&path, &error),
        None => Problem::unopened(&path, &std::io::Error::other("不能列出")),
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } => path_of(err),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn names(folder: &Path, arguments: &[PathBuf]) -> Vec<String> {
        let strip = |source: &Source| match source {
            Source::Stdin => "-".to_owned(),
            Source::Named(path) | Source::Found(path) => {
                path.strip_prefix(folder).unwrap_or(path).to_string_lossy().into_owned()
            }
        };
        gather(arguments).sources.iter().map(strip).collect()
    }

    #[test]
    fn folders_are_walked_by_name_and_hidden_files_left_out() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a/2.txt", "a/1.txt", ".git/x", ".hidden", "~$a.docx", "CVS/y"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        assert_eq!(
            names(folder.path(), &[folder.path().to_owned()]),
            ["a/1.txt", "a/2.txt", "b.txt"]
        );
    }

    #[test]
    fn a_file_ignored_by_git_is_still_read() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        fs::write(folder.path().join(".gitignore"), "*.txt").unwrap();
        fs::write(folder.path().join("a.txt"), "x").unwrap();
        assert_eq!(names(folder.path(), &[folder.path().to_owned()]), ["a.txt"]);
    }

    #[test]
    fn a_file_is_read_once_by_whatever_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        fs::write(&file, "x").unwrap();
        let again = folder.path().join(".").join("a.txt");
        let arguments = [file, again, folder.path().to_owned(), "-".into(), "-".into()];
        assert_eq!(names(folder.path(), &arguments), ["a.txt", "-"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_its_own_folder_does_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "x").unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path().join("dangling")).unwrap();
        let inputs = gather(&[folder.path().to_owned()]);
        assert_eq!((inputs.sources.len(), inputs.problems.len()), (1, 0));
    }

    #[test]
    fn an_empty_folder_is_said_to_be_empty() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(gather(&[folder.path().to_owned()]).problems.len(), 1);
    }
}
