//! The pages of a list, for `--paginate`.

use docspace::deps::url::Url;
use serde_json::Value;

/// The number of entries on a page, unless the query has another one.
const PAGE: usize = 100;

/// The place of a page in a list.
pub(super) struct Page {
    start: usize,
    count: usize,
    /// The body of the page before, to notice a list that does not have pages.
    before: Vec<u8>,
}

impl Page {
    /// Returns the first page of a list. The query can have another start and size.
    pub(super) fn first(url: &Url) -> Self {
        let number =
            |name: &str| url.query_pairs().find(|(key, _)| key == name).and_then(|(_, value)| value.parse().ok());
        Self { start: number("startIndex").unwrap_or(0), count: number("count").unwrap_or(PAGE), before: Vec::new() }
    }

    /// Sets the page in the query of an address.
    pub(super) fn set_in(&self, url: &mut Url) {
        let is_page = |key: &str| matches!(key, "startIndex" | "count");
        let kept: Vec<_> = url.query_pairs().into_owned().filter(|(key, _)| !is_page(key)).collect();
        url.query_pairs_mut()
            .clear()
            .extend_pairs(kept)
            .append_pair("startIndex", &self.start.to_string())
            .append_pair("count", &self.count.to_string());
    }

    /// Whether the portal returned the page before once more, because this list has no pages.
    pub(super) fn is_repeated(&self, body: &[u8]) -> bool {
        !self.before.is_empty() && self.before == body
    }

    /// Moves to the next page. Returns false after the last one.
    pub(super) fn advance(&mut self, body: Vec<u8>) -> bool {
        let answer: Value = serde_json::from_slice(&body).unwrap_or_default();
        self.before = body;
        let response = &answer["response"];
        let length = |list: &Value| list.as_array().map_or(0, Vec::len);
        let items = length(response) + length(&response["folders"]) + length(&response["files"]);
        if items == 0 {
            return false;
        }
        let size = |number: &Value| number.as_u64().and_then(|number| usize::try_from(number).ok());
        // A list can group entries, and then counts more of them than it has items
        // (docs/portal/history-and-audit.md).
        self.start += items.max(size(&answer["count"]).unwrap_or(0));
        match size(&answer["total"]).or_else(|| size(&response["total"])) {
            Some(total) => self.start < total,
            None => items == self.count,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn after(first: &str, answer: &Value) -> (bool, String) {
        let mut url = Url::parse(first).expect("an address");
        let mut page = Page::first(&url);
        let has_next = page.advance(answer.to_string().into_bytes());
        page.set_in(&mut url);
        (has_next, url.query().unwrap_or_default().to_owned())
    }

    #[test]
    fn lists_with_a_total_end_there() {
        let people = json!({"response": [1, 2], "count": 2, "total": 5});
        assert_eq!(after("https://a/b?x=y", &people), (true, "x=y&startIndex=2&count=100".to_owned()));
        let rooms = json!({"response": {"folders": [1], "files": [2], "total": 5}, "count": 1});
        assert_eq!(after("https://a/b?startIndex=3&count=2", &rooms), (false, "startIndex=5&count=2".to_owned()));
    }

    #[test]
    fn lists_without_a_total_end_with_a_page_that_is_not_full() {
        assert!(after("https://a/b?count=2", &json!({"response": [1, 2], "count": 1})).0);
        assert!(!after("https://a/b?count=3", &json!({"response": [1, 2], "count": 1})).0);
        assert!(!after("https://a/b?count=1", &json!({"response": [1, 2], "count": 1})).0, "it has no pages");
        for other in [json!({"response": []}), json!({"response": {"title": "a"}}), json!(null)] {
            assert!(!after("https://a/b", &other).0, "{other}");
        }
    }

    #[test]
    fn grouped_entries_are_counted_singly() {
        let history = json!({"response": [1, 2], "count": 7, "total": 20});
        assert_eq!(after("https://a/b?count=7", &history), (true, "startIndex=7&count=7".to_owned()));
    }
}
