//! Helpers that several modules share: paging, checks of input, and lost answers.

pub(crate) mod input;
pub(crate) mod lost_answer;
pub(crate) mod optional;
pub(crate) mod pages;
