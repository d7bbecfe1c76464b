//! A thread of its own for the parser, which asks no clock; not a pool, one thread lasts one file.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;

use super::{broken, stopped_or_broken};
use crate::ReadError;
use crate::limits::Deadline;

/// Room for what nests: taken only as far as it is used. The parser stops at 512 nested objects,
/// and `guard` at nested functions; the rest is reserve.
const STACK_BYTES: usize = 64 << 20;

/// Does `work` until the deadline.
///
/// What has not ended by then is left to itself, for nothing can stop a thread from outside: it
/// goes on until the parser comes to an end or the process does, at most one thread a file.
pub(crate) fn run<T: Send + 'static>(
    deadline: &Deadline,
    work: impl FnOnce() -> Result<T, ReadError> + Send + 'static,
) -> Result<T, ReadError> {
    let (answer, answers) = mpsc::sync_channel(1);
    let work = move || {
        // The interpreter meets hostile bytes; a slip of it is damage of the file, not ours.
        let outcome = catch_unwind(AssertUnwindSafe(work))
            .unwrap_or_else(|panic| Err(stopped_or_broken(panic)));
        // Nobody waits any more once the deadline has passed.
        let _ = answer.send(outcome);
    };
    let thread = thread::Builder::new().name("pdf".to_owned()).stack_size(STACK_BYTES).spawn(work);
    if let Err(error) = thread {
        return Err(broken(format!("系统资源不足，无法读取（{error}）")));
    }
    match answers.recv_timeout(deadline.left()) {
        Ok(outcome) => outcome,
        Err(RecvTimeoutError::Timeout) => Err(deadline.passed()),
        Err(RecvTimeoutError::Disconnected) => Err(broken("内部结构不合格式")),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::Limits;

    #[test]
    fn what_never_looks_at_the_clock_is_left_behind() {
        let limits = Limits { time: Duration::from_millis(50), ..Limits::default() };
        let start = Instant::now();
        let outcome: Result<(), _> = run(&Deadline::start(&limits), || {
            thread::sleep(Duration::from_secs(30));
            Err(ReadError::Encrypted)
        });
        assert!(matches!(outcome, Err(ReadError::Limit { name: "time", .. })));
        assert!(start.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn a_slip_is_damage_of_the_file() {
        let outcome: Result<(), _> = run(&Deadline::start(&Limits::default()), || panic!("a slip"));
        assert!(matches!(outcome, Err(ReadError::Broken { .. })));
    }
}
