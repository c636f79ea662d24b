//! What tells that two sources speak of the same thing.

/// A key by which a thing is known in more than one source, in a form that is the same in all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Key {
    /// The permanent address of an article or a page.
    Permalink(String),
    /// The lasting identifier that a feed, an export or a calendar gives it.
    Guid(String),
    /// The number of a post on a site.
    Post(String, String),
    /// A number in a register: `GB-MPR-29999R`, `GB-COH-09506232`.
    Register(String),
}

/// Parameters of addresses that say where a reader came from, not what is read.
const TRACKING: [&str; 8] =
    ["fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "msclkid", "ref_src", "yclid"];

impl Key {
    /// The key of an address. Scheme, `www.`, a slash at the end, the fragment and parameters that
    /// only track readers do not count. The address of a whole site is none.
    pub(crate) fn permalink(address: &str) -> Option<Self> {
        normal_address(address).filter(|form| form.contains(['/', '?'])).map(Self::Permalink)
    }

    /// The key of a lasting identifier; one that is an address is compared as one. A short number
    /// or word, which another source may use for something else, is none.
    pub(crate) fn guid(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_unique = text.contains([':', '@']) || text.len() >= 20;
        let form = normal_address(text).unwrap_or_else(|| text.to_owned());
        (is_unique && !form.is_empty()).then_some(Self::Guid(form))
    }

    /// The key of a post by its site and its number there.
    pub(crate) fn post(site: &str, number: &str) -> Option<Self> {
        let (site, number) = (normal_address(site)?, number.trim());
        let counts = number.bytes().all(|byte| byte.is_ascii_digit());
        let number = number.trim_start_matches('0');
        (counts && !number.is_empty()).then(|| Self::Post(site, number.to_owned()))
    }

    /// The key of a number in a register, whose list is named as org-id.guide names it.
    pub(crate) fn register(list: &str, number: &str) -> Option<Self> {
        let plain = |text: &str| -> String {
            text.chars()
                .filter(|letter| letter.is_alphanumeric())
                .collect::<String>()
                .to_uppercase()
        };
        let (list, mut number) = (list.trim().to_uppercase(), plain(number));
        if list.is_empty() || number.is_empty() {
            return None;
        }
        // Spreadsheets take the zeros from numbers of eight digits.
        if list == "GB-COH" && number.len() < 8 && number.bytes().all(|b| b.is_ascii_digit()) {
            number = format!("{number:0>8}");
        }
        // Numbers that people fill in where they have none.
        let is_dummy = matches!(&*number, "01234567" | "12345678" | "00000000");
        (list != "GB-COH" || !is_dummy).then(|| Self::Register(format!("{list}-{number}")))
    }

    /// The key of a register id such as `GB-COH-09506232`.
    pub(crate) fn of_register_id(id: &str) -> Option<Self> {
        let (end, _) = id.match_indices('-').nth(1)?;
        Self::register(&id[..end], &id[end + 1..])
    }

    /// The key of the post that an address such as `https://blog.example/?p=12` means.
    pub(crate) fn of_post_in_address(&self) -> Option<Self> {
        let (Self::Permalink(address) | Self::Guid(address)) = self else { return None };
        let (site, query) = address.split_once('?')?;
        let number = query.strip_prefix("p=").or(query.strip_prefix("page_id="))?;
        Self::post(&format!("http://{site}"), number)
    }

    /// An address in the form in which addresses are compared; that of a whole site is one too.
    pub(crate) fn address(text: &str) -> Option<String> {
        normal_address(text)
    }

    /// A text of which an id can be made where there is no better one.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Permalink(address) => last_step(address).to_owned(),
            Self::Guid(text) | Self::Register(text) => text.clone(),
            Self::Post(_, number) => format!("post-{number}"),
        }
    }
}

/// The last step of the path of an address.
fn last_step(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or(address)
}

/// An address without what differs between links to one page.
fn normal_address(address: &str) -> Option<String> {
    let address = address.trim();
    let (scheme, rest) = address.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let rest = rest.split('#').next().unwrap_or(rest);
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host.to_lowercase();
    let host = host.rsplit_once('@').map_or(&*host, |(_, host)| host);
    let host = host.strip_suffix(":80").or(host.strip_suffix(":443")).unwrap_or(host);
    let host = host.strip_prefix("www.").unwrap_or(host);
    if host.is_empty() {
        return None;
    }
    let tracks = |part: &&str| {
        let name = part.split('=').next().unwrap_or(part).to_lowercase();
        part.is_empty() || name.starts_with("utm_") || TRACKING.contains(&&*name)
    };
    let mut parts: Vec<&str> = query.split('&').filter(|part| !tracks(part)).collect();
    parts.sort_unstable();
    let mut form = host.to_owned();
    for step in path.split('/').filter(|step| !step.is_empty()) {
        form.push('/');
        form.push_str(step);
    }
    if !parts.is_empty() {
        form.push('?');
        form.push_str(&parts.join("&"));
    }
    Some(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_page_are_one() {
        let forms = [
            "http://www.Example.org/2011/04/a/",
            "https://example.org/2011/04/a",
            "https://example.org:443/2011//04/a/?utm_source=x&fbclid=1#more",
        ];
        for form in forms {
            assert_eq!(Key::permalink(form), Some(Key::Permalink("example.org/2011/04/a".into())));
        }
        assert_ne!(
            Key::permalink("http://a.example/?p=1"),
            Key::permalink("http://a.example/?p=2")
        );
        assert_eq!(Key::permalink("mailto:a@b.example"), None);
        assert_eq!(Key::permalink("http://www.a.example/"), None);
        assert_eq!(Key::guid("12"), None);
        let post = Key::guid("http://a.example/?p=12").and_then(|key| key.of_post_in_address());
        assert_eq!(post, Key::post("https://a.example/", "12"));
        assert_eq!(Key::guid(" tag:a,2011:1 "), Some(Key::Guid("tag:a,2011:1".into())));
    }

    #[test]
    fn numbers_are_read_as_their_registers_write_them() {
        let key = |text: &str| Some(Key::Register(text.into()));
        assert_eq!(Key::register("GB-COH", "9506232"), key("GB-COH-09506232"));
        assert_eq!(Key::register("GB-COH", "01234567"), None);
        assert_eq!(Key::register("gb-mpr", " 29999 r"), key("GB-MPR-29999R"));
        assert_eq!(Key::of_register_id("GB-MPR-29999R"), key("GB-MPR-29999R"));
        assert_eq!(Key::post("http://a.example/", "007"), Key::post("https://www.a.example", "7"));
        assert_eq!(Key::post("http://a.example/", "x"), None);
    }
}
