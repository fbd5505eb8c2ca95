//! What the nouns share and no user sees: paging, checks of input, and lost answers.

pub(crate) mod input;
pub(crate) mod lost_answer;
pub(crate) mod pages;
