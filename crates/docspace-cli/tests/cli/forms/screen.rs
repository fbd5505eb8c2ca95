//! What a terminal shows after a program has ended. Progress lines that were removed are not part
//! of it.

/// Returns the lines on the screen after this output. Lines can be longer than the screen.
pub(super) fn shown(output: &str) -> String {
    let mut lines: Vec<Vec<char>> = vec![Vec::new()];
    let (mut row, mut column) = (0_usize, 0);
    let mut rest = output.chars();
    while let Some(c) = rest.next() {
        match c {
            '\r' => column = 0,
            '\n' => row += 1,
            '\u{1b}' => {
                assert_eq!(rest.next(), Some('['), "another sequence in {output:?}");
                let is_end = |c: &char| c.is_ascii_alphabetic();
                let sequence: String = rest.by_ref().take_while(|c| !is_end(c)).collect();
                // `take_while` consumes the letter at the end.
                let name = output[..output.len() - rest.as_str().len()].chars().next_back();
                let count = sequence.parse::<usize>().ok();
                match name {
                    Some('A') => row = row.saturating_sub(count.unwrap_or(1)),
                    Some('B') => row += count.unwrap_or(1),
                    Some('K') if count == Some(2) => lines[row].clear(),
                    Some('K') => lines[row].truncate(column),
                    Some('J') => {
                        lines[row].truncate(column);
                        lines.truncate(row + 1);
                    }
                    // Colors, and the cursor.
                    Some('m' | 'h' | 'l') => {}
                    _ => panic!("unknown sequence {sequence:?} {name:?} in {output:?}"),
                }
            }
            c => {
                let line = &mut lines[row];
                line.resize(line.len().max(column), ' ');
                match line.get_mut(column) {
                    Some(place) => *place = c,
                    None => line.push(c),
                }
                column += 1;
            }
        }
        if row >= lines.len() {
            lines.resize(row + 1, Vec::new());
        }
    }
    let text: Vec<_> = lines.into_iter().map(|line| line.into_iter().collect::<String>()).collect();
    let text = text.join("\n");
    let text = text.trim_end();
    if text.is_empty() { String::new() } else { format!("{text}\n") }
}

#[test]
fn removed_lines_are_not_shown() {
    assert_eq!(shown("a\r\nb 1/2\r\u{1b}[2Kc\r\n"), "a\nc\n");
    assert_eq!(shown("bar\u{1b}[1A\r\u{1b}[2K"), "");
    assert_eq!(shown("\u{1b}[1mx\u{1b}[0m\r\n"), "x\n");
    assert_eq!(shown("one\r\ntwo\u{1b}[1A\r\u{1b}[Jthree"), "three\n");
}
