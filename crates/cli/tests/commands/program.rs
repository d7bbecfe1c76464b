//! Runs the built program in a folder of its own.

use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A small report of the 2021 form, made up.
pub const REPORT: &str = "\
某县甲局2022年政府信息公开工作年度报告
一、总体情况
本机关认真做好政府信息公开工作。
二、主动公开政府信息情况
第二十条第（一）项
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数
规章 | 0 | 0 | 0
行政规范性文件 | 1 | 0 | 3
";

/// A folder with files, and the program.
pub struct Folder {
    inner: tempfile::TempDir,
}

/// What came of a run.
pub struct Run {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Folder {
    /// With files: name and content.
    pub fn with(files: &[(&str, &[u8])]) -> Self {
        let inner = tempfile::tempdir().expect("a folder for the test");
        for (name, content) in files {
            let path = inner.path().join(name);
            std::fs::create_dir_all(path.parent().expect("files stand in a folder"))
                .expect("the folder can be made");
            std::fs::write(path, content).expect("the file can be written");
        }
        Self { inner }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.inner.path()
    }

    /// The program with arguments, ready to start.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
        command
            .args(arguments)
            .current_dir(self.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs to the end.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_with_input(arguments, b"")
    }

    /// Runs to the end with something on standard input.
    pub fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut child = self.command(arguments).spawn().expect("the program was built");
        // A program that does not read its input may be gone already.
        let _ = child.stdin.take().expect("stdin is a pipe").write_all(input);
        Run::from(child.wait_with_output().expect("the program ends"))
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().expect("the program was not killed"),
            out: String::from_utf8(output.stdout).expect("the answer is UTF-8"),
            err: String::from_utf8(output.stderr).expect("errors are UTF-8"),
        }
    }
}

impl Run {
    /// Standard output as one JSON value.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }

    /// Standard output as JSON values, one a line.
    pub fn lines(&self) -> Vec<Value> {
        let line = |line| serde_json::from_str(line).expect("every line is JSON");
        self.out.lines().map(line).collect()
    }
}
