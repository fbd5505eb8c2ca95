//! Finding topics by their names, or by words.

use super::{Topic, topics};

/// Returns the topics for a name or for words. If one topic has exactly this name or this anchor,
/// it is the only one. Otherwise returns those with all words in their titles, or those with all
/// words in their texts.
pub(crate) fn find(query: &str) -> Vec<Topic> {
    find_in(topics(), query)
}

fn find_in(topics: Vec<Topic>, query: &str) -> Vec<Topic> {
    let query = query.trim().to_lowercase();
    if let Some(exact) = topics.iter().find(|topic| topic.name == query) {
        return vec![exact.clone()];
    }
    let is_anchor = |topic: &&Topic| topic.name.split_once('/').is_some_and(|(_, anchor)| anchor == query);
    let anchors: Vec<_> = topics.iter().filter(is_anchor).cloned().collect();
    if !anchors.is_empty() {
        return anchors;
    }
    // In `links/expiry`, the page is certain and the rest are words.
    let (page, words) = query.split_once('/').unwrap_or(("", &query));
    let is_on_page = |topic: &Topic| page.is_empty() || topic.name.split('/').next() == Some(page);
    let topics: Vec<_> = topics.into_iter().filter(is_on_page).collect();
    let words: Vec<_> = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let with = |text: fn(&Topic) -> &str| -> Vec<_> {
        let has_all = |topic: &&Topic| {
            let text = text(topic).to_lowercase();
            words.iter().all(|word| begins_word(&text, word))
        };
        topics.iter().filter(has_all).cloned().collect()
    };
    let titled = with(|topic| &topic.title);
    if titled.is_empty() { with(|topic| topic.own) } else { titled }
}

/// Whether a word of the text begins with these letters.
fn begins_word(text: &str, letters: &str) -> bool {
    text.match_indices(letters).any(|(place, _)| !text[..place].ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(query: &str) -> Vec<String> {
        find(query).into_iter().map(|topic| topic.name).collect()
    }

    #[test]
    fn exact_names_and_anchors_come_before_words() {
        assert_eq!(names("links"), ["links"]);
        assert_eq!(names("Links/Passwords"), ["links/passwords"]);
        assert_eq!(names("an-archived-room"), ["permissions/an-archived-room"]);
        assert!(names("traps").len() > 15);
    }

    #[test]
    fn words_are_found_in_titles_before_texts() {
        assert_eq!(names("links/expiry"), ["links/expiry-dates"]);
        assert_eq!(names("archived room"), ["permissions/an-archived-room"]);
        assert!(names("maxUseCount").contains(&"links/creating-a-link".to_owned()));
        assert!(names("rooms/maxUseCount").is_empty());
        assert!(names("nosuchword").is_empty() && names("/").is_empty() && names("").is_empty());
    }
}
