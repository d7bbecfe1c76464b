//! What both commands share: gather files, work on all cores, write in order, tell problems.

use super::Ending;
use crate::args::CommonOptions;
use crate::input::{self, Source};
use crate::output::Sink;
use crate::problem::Problem;
use crate::run;
use crate::work::{self, Failure, Opened};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal, Write};

/// One run over the files of the command line.
pub struct Session<'a> {
    options: &'a CommonOptions,
    sources: Vec<Source>,
    progress: ProgressBar,
    n_problems: usize,
    n_other_kind: usize,
    /// Where the answer goes.
    pub sink: Sink,
}

impl<'a> Session<'a> {
    /// Gathers the files; what cannot be found is said at once.
    ///
    /// # Errors
    /// When stdout cannot be written.
    pub fn start(options: &'a CommonOptions) -> anyhow::Result<Self> {
        work::quieten_guarded_panics();
        let inputs = input::gather(&options.files);
        let is_single = inputs.sources.len() == 1 && !inputs.has_folder;
        let progress = progress_bar(inputs.sources.len());
        let mut session = Self {
            options,
            sources: inputs.sources,
            progress,
            n_problems: 0,
            n_other_kind: 0,
            sink: Sink::new(&options.format, is_single),
        };
        for problem in &inputs.problems {
            session.tell(problem)?;
        }
        Ok(session)
    }

    /// How many files will be tried.
    pub fn n_sources(&self) -> usize {
        self.sources.len()
    }

    /// Reads every file, renders each on a worker and hands the results to `take` in order.
    ///
    /// # Errors
    /// When the answer cannot be written.
    pub fn each<T: Send>(
        &mut self,
        render: impl Fn(Opened) -> T + Sync,
        mut take: impl FnMut(&mut Sink, T) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        let limits = self.options.limits.limits();
        let sources = std::mem::take(&mut self.sources);
        let work = |source: &Source| work::guarded(source, &limits, &render);
        run::in_order(&sources, self.options.jobs, work, |_, outcome| {
            match outcome {
                Ok(made) => {
                    let sink = &mut self.sink;
                    self.progress.suspend(|| take(sink, made))?;
                }
                Err(Failure::OtherKind) => self.n_other_kind += 1,
                Err(Failure::Problem(problem)) => self.tell(&problem)?,
            }
            self.progress.inc(1);
            Ok(())
        })
    }

    /// Says that a file could not be read, to people and to programs.
    fn tell(&mut self, problem: &Problem) -> anyhow::Result<()> {
        self.n_problems += 1;
        self.sink.problem(problem)?;
        self.progress.suspend(|| complain(&problem.to_string()));
        Ok(())
    }

    /// Closes the answer and tells how it ended.
    ///
    /// # Errors
    /// When the answer cannot be written.
    pub fn finish(mut self, found: Ending) -> anyhow::Result<Ending> {
        self.progress.finish_and_clear();
        self.sink.finish()?;
        if self.n_other_kind != 0 {
            complain(&format!("已跳过 {} 个不能识别格式的文件", self.n_other_kind));
        }
        Ok(if self.n_problems == 0 { found } else { Ending::NotDone })
    }
}

/// Writes to stderr; that stderr is closed is no reason to stop.
fn complain(words: &str) {
    let _ = writeln!(io::stderr().lock(), "{words}");
}

fn progress_bar(n_files: usize) -> ProgressBar {
    if n_files < 2 || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} 份，每秒 {per_sec}，还需 {eta}")
        .expect("the template is constant and tested");
    let bar = ProgressBar::with_draw_target(Some(n_files as u64), ProgressDrawTarget::stderr());
    bar.with_style(style)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_of_the_progress_bar_is_good() {
        let template = "{bar:30} {pos}/{len} 份，每秒 {per_sec}，还需 {eta}";
        assert!(ProgressStyle::with_template(template).is_ok());
    }
}
