//! What becomes of calls when something goes wrong or in between: faults, lost answers, rate limits, time, cancelling, and
//! other calls and other programs at the same time.
//!
//! `fault_matrix` has every call of the facade; the other modules have what its rows cannot say.

mod answer_size;
mod cancel;
mod concurrency;
mod connections;
mod error_kinds;
mod fault_matrix;
mod fixture;
mod futurelock;
mod inconsistent_pages;
mod limits;
mod lost_answers;
mod retries;
mod scale;
mod shared_polling;
mod timeouts;
mod waiting;
