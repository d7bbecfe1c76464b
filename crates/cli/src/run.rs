//! Works on many files at once and hands the results on in the order of the files.
//!
//! Never holds more than a bounded window of results, however many files there are.

use anyhow::Context;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};

/// Results that may wait for their turn, for each thread.
const WINDOW_PER_THREAD: usize = 16;

/// Parsers of nested documents recurse; the memory is only taken when it is used.
const STACK_BYTES: usize = 16 << 20;

/// Does `work` for each item on `jobs` threads (0: as many as there are cores) and gives each
/// result to `take`, in order. The first error of `take` stops it all.
///
/// # Errors
/// That of `take`, or when no threads can be had.
pub fn in_order<I: Sync, T: Send>(
    items: &[I],
    jobs: usize,
    work: impl Fn(&I) -> T + Sync,
    mut take: impl FnMut(&I, T) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .stack_size(STACK_BYTES)
        .build()
        .context("不能启动工作线程")?;
    let window = pool.current_num_threads() * WINDOW_PER_THREAD;
    let is_stopped = AtomicBool::new(false);
    let (work, is_stopped) = (&work, &is_stopped);
    pool.in_place_scope_fifo(|scope| {
        let mut pending: VecDeque<(&I, Receiver<T>)> = VecDeque::with_capacity(window);
        let mut take_first = |pending: &mut VecDeque<(&I, Receiver<T>)>| {
            let Some((item, result)) = pending.pop_front() else { return Ok(()) };
            let outcome = result.recv().context("工作线程中断").and_then(|made| take(item, made));
            is_stopped.store(outcome.is_err(), Ordering::Relaxed);
            outcome
        };
        for item in items {
            let (sender, receiver) = sync_channel(1);
            scope.spawn_fifo(move |_| {
                if !is_stopped.load(Ordering::Relaxed) {
                    // Nobody listens any more once it was stopped.
                    let _ = sender.send(work(item));
                }
            });
            pending.push_back((item, receiver));
            if window <= pending.len() {
                take_first(&mut pending)?;
            }
        }
        while !pending.is_empty() {
            take_first(&mut pending)?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;
    use std::time::Duration;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..300).collect();
        let mut taken = Vec::new();
        let slow_at_times = |item: &u64| {
            std::thread::sleep(Duration::from_micros(item * 37 % 11 * 50));
            *item
        };
        in_order(&items, 3, slow_at_times, |_, made| {
            taken.push(made);
            Ok(())
        })
        .unwrap();
        assert_eq!(taken, items);
    }

    #[test]
    fn never_more_than_the_window_waits() {
        let items: Vec<usize> = (0..500).collect();
        let (made, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        in_order(
            &items,
            2,
            |_| made.fetch_add(1, Ordering::SeqCst),
            |_, _| {
                let waiting = made.load(Ordering::SeqCst) - taken.fetch_add(1, Ordering::SeqCst);
                assert!(waiting <= 2 * WINDOW_PER_THREAD, "{waiting}");
                Ok(())
            },
        )
        .unwrap();
    }

    #[test]
    fn an_error_of_the_taker_stops_the_work() {
        let items: Vec<usize> = (0..100_000).collect();
        let made = AtomicUsize::new(0);
        let outcome = in_order(
            &items,
            2,
            |_| made.fetch_add(1, Ordering::SeqCst),
            |_, _| anyhow::bail!("enough"),
        );
        assert!(outcome.is_err());
        assert!(made.load(Ordering::SeqCst) < items.len());
    }
}
