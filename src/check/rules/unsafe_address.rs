#![doc = include_str!("unsafe_address.md")]

use crate::check::{Context, walk};
use crate::diagnostic::{At, Diagnostic, rule};
use crate::model::ChannelKind;

rule!("SB502", "unsafe-address", Error, "unsafe_address.md");

/// What a link may begin with. Whether it leads anywhere is for the rules about links and contacts.
const SCHEMES: [&str; 4] = ["https", "http", "tel", "mailto"];

/// Reports every address of guidance, of a channel and of the feedback link that would do something else than open a
/// page, a call or a mail.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let book = context.book;
    let links = context
        .guidance
        .iter()
        .flat_map(|prose| &prose.guidance.links)
        .map(|link| (link.at, link.target.as_str()));
    let values = walk::contacts(context)
        .filter(|(channel, _)| {
            // What is dialled or written to is no address of the web: `malformed-contact` has the last word on it.
            !matches!(channel.kind.value, ChannelKind::Phone | ChannelKind::Email)
        })
        .map(|(_, value)| (value.at, &*value.value));
    let feedback = book.site.iter().filter_map(|site| site.feedback.as_ref());
    let feedback = feedback.map(|text| (text.at, &*text.value));
    for (at, target) in links.chain(values).chain(feedback) {
        diagnostics.extend(scheme(target).map(|scheme| diagnostic(at, &scheme)));
    }
}

fn diagnostic(at: At, scheme: &str) -> Diagnostic {
    Diagnostic::new(
        RULE,
        at,
        format!("no page may link to an address that begins with `{scheme}:`"),
    )
    .help("link to `#STEP`, to `/PROVIDER/PROCEDURE/` or to `https://…`")
    .because(Some(
        "it could run a script in the reader's browser, or start another program",
    ))
}

/// The scheme of an address, if it has one that no page may link to. Browsers leave out blanks and control characters,
/// so they hide nothing here.
pub(super) fn scheme(target: &str) -> Option<String> {
    let (before, behind) = target.split_once(':')?;
    // `Name: 12` is a label with a blank behind it, unless it is what browsers run.
    let scheme: String = before
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let runs = ["javascript", "vbscript", "data", "file"].contains(&scheme.as_str());
    let good = scheme.starts_with(|c: char| c.is_ascii_lowercase())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let label = before.contains(' ') || behind.is_empty() || behind.starts_with(' ');
    (good && (runs || !label) && !SCHEMES.contains(&scheme.as_str())).then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_calls_and_mails_are_safe() {
        for good in [
            "https://a.example/",
            "HTTP://a.example/",
            "tel:555-0101",
            "mailto:a@b.example",
            "#step",
            "/a/b/#c:d",
            "images/a:b.png",
            "App: Pedal",
            "：",
            "",
        ] {
            assert_eq!(scheme(good), None, "{good}");
        }
        for (bad, named) in [
            ("javascript:alert(1)", "javascript"),
            (" JavaScript: alert(1)", "javascript"),
            ("java\tscript:alert(1)", "javascript"),
            ("data:text/html,a", "data"),
            ("ftp://a.example/", "ftp"),
            ("weixin://dl/chat", "weixin"),
        ] {
            assert_eq!(scheme(bad).as_deref(), Some(named), "{bad}");
        }
    }
}
