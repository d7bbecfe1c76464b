//! What the store holds of requests: every file known, sealed, and erased when its time is over.

mod life;
mod retention;
mod sealing;
mod whole;
mod year;
