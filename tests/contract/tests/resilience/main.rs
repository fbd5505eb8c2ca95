//! Calls under adverse conditions: faults, lost answers, rate limits, timeouts, cancellation, and
//! concurrent calls of the same program or of other programs.
//!
//! `fault_matrix` tests every call of the facade. The other modules test cases that do not fit into
//! the matrix.

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
mod resume;
mod retries;
mod scale;
mod shared_polling;
mod timeouts;
mod waiting;
