//! Every link of the content that leads to the web, with where it stands.

use url::Url;

use crate::diagnostic::At;
use crate::model::{Book, ChannelKind, EvidenceClass, EvidenceSource, Guidance, ProviderDocument};

/// What a link is for: what to do when it is dead depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A source of evidence.
    Source,
    /// A way to reach a provider.
    Channel,
    /// A link in guidance.
    Guidance,
    /// Where readers say that a step is wrong.
    Feedback,
}

/// A link of the content.
#[derive(Debug, Clone)]
pub struct Link<'a> {
    /// Where it stands.
    pub at: At,
    /// As it is written.
    pub text: &'a str,
    /// What is asked: the address as a browser would send it, without `#…`. Links with the same one are asked once.
    pub address: String,
    /// What it is for.
    pub role: Role,
    /// The provider on whose own domains it must stay.
    pub owner: Option<&'a ProviderDocument>,
}

impl<'a> Link<'a> {
    fn new(at: At, text: &'a str, role: Role) -> Self {
        Link {
            at,
            text,
            address: sent(text),
            role,
            owner: None,
        }
    }

    fn owned(self, owner: Option<&'a ProviderDocument>) -> Self {
        Link { owner, ..self }
    }
}

/// Every link that leads to the web, sorted by place.
pub fn links(book: &Book) -> Vec<Link<'_>> {
    let mut links = Vec::new();
    if let Some(feedback) = book.site.as_ref().and_then(|site| site.feedback.as_ref()) {
        links.push(Link {
            address: sent(before_placeholders(feedback)),
            ..Link::new(feedback.at, feedback, Role::Feedback)
        });
    }
    links.extend(
        book.sources
            .iter()
            .flatten()
            .map(|shared| source(shared, None)),
    );
    links.extend(book.guidance.iter().flat_map(|it| guidance(it)));
    for provider in &book.providers {
        links.extend(provider.guidance.iter().flat_map(|it| guidance(it)));
        let Some(document) = provider.document.as_deref() else {
            continue;
        };
        links.extend(
            document
                .sources
                .iter()
                .map(|own| source(own, Some(document))),
        );
        links.extend(document.channels.iter().filter_map(|channel| {
            let value = channel.value.as_ref()?;
            let owner = (channel.kind.value == ChannelKind::Web).then_some(document);
            Some(Link::new(value.at, value, Role::Channel).owned(owner))
        }));
    }
    links.retain(|link| leads_to_the_web(link.text));
    links.sort_by_key(|link| link.at);
    links
}

fn source<'a>(source: &'a EvidenceSource, of: Option<&'a ProviderDocument>) -> Link<'a> {
    let owner = of.filter(|_| source.class.value == EvidenceClass::OwnDomain);
    Link::new(source.url.at, source.url.as_str(), Role::Source).owned(owner)
}

fn guidance(guidance: &Guidance) -> impl Iterator<Item = Link<'_>> {
    let links = guidance.links.iter().filter(|link| !link.image);
    links.map(|link| Link::new(link.at, &link.target, Role::Guidance))
}

fn leads_to_the_web(text: &str) -> bool {
    let scheme = text.split(':').next().unwrap_or("");
    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
}

/// The address as a browser sends it; what is no address at all stays as it is written, and cannot be asked.
fn sent(text: &str) -> String {
    let Ok(mut url) = Url::parse(text) else {
        return text.to_owned();
    };
    url.set_fragment(None);
    url.into()
}

/// The part of a feedback address that is the same for every step: nobody reports a step that is not there.
fn before_placeholders(text: &str) -> &str {
    let Some(brace) = text.find('{') else {
        return text;
    };
    let fixed = &text[..brace];
    match fixed.find(['?', '#']) {
        Some(query) => &fixed[..query],
        None => &fixed[..fixed.rfind('/').map_or(0, |slash| slash + 1)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_what_a_browser_sends() {
        for (written, asked) in [
            ("https://A.example/路#part", "https://a.example/%E8%B7%AF"),
            ("HTTP://a.example", "http://a.example/"),
            ("https://[", "https://["),
        ] {
            assert_eq!(sent(written), asked);
        }
        assert!(leads_to_the_web("HTTPS://a.example/"));
        assert!(!leads_to_the_web("httpsa/b"));
    }

    #[test]
    fn a_feedback_address_is_asked_without_what_differs_between_steps() {
        for (written, asked) in [
            (
                "https://a.example/new?title={step}",
                "https://a.example/new",
            ),
            (
                "https://a.example/wrong/{step}/{edition}",
                "https://a.example/wrong/",
            ),
            ("https://a.example/wrong", "https://a.example/wrong"),
        ] {
            assert_eq!(before_placeholders(written), asked);
        }
    }
}
