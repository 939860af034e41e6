"""The plugin: MkDocs events to reviews, a card on every design page, portfolios where a page asks for them."""

import logging
import pathlib
import re
import urllib.parse
from typing import Literal

import jinja2
from mkdocs.config import base, defaults
from mkdocs.config import config_options as options
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from mkdocs_mlvalue import directives
from mkdocs_mlvalue.asked import Shown, joined
from mkdocs_mlvalue.directives import DirectiveError
from mkdocs_mlvalue.language import language
from mkdocs_mlvalue.navigation import by_stage
from mkdocs_mlvalue.page import Pages
from mkdocs_mlvalue.said import STAGES
from mlvalue import settings
from mlvalue.claims import detector
from mlvalue.entry import Entry
from mlvalue.exports import files as exported
from mlvalue.organisation import contract
from mlvalue.portfolio import Portfolio, portfolio
from mlvalue.review import SCHEME, WEB, Review, review
from mlvalue.rules import chosen
from mlvalue.settings import Settings
from mlvalue.values import SettingsError

HERE = pathlib.Path(__file__).parent
STYLES, SCRIPTS = ("mlvalue.css",), ("mlvalue-what-if.js", "mlvalue.js")
"""Our own files that every page loads; scripts wait until the page is read."""
FIRST_HEADING = re.compile(r"</h1>", re.IGNORECASE)

log = get_plugin_logger("mlvalue")


class MlvalueConfig(base.Config):  # type: ignore[no-untyped-call]  # MkDocs leaves its hook for subclasses untyped
    """The plugin's options in `mkdocs.yml`; all else is in the linter's settings."""

    lint = options.Choice(("numbers", "all"), default="numbers")
    """`numbers`: all rules but those on wording, which are the commit's; `all`: those too."""

    nav_by_stage = options.Type(bool, default=False)
    """Put the design pages of each section of the navigation below one section a stage."""


class MlvaluePlugin(BasePlugin[MlvalueConfig]):  # type: ignore[no-untyped-call]  # the same
    """Keeps the reviews of one build; they are made anew in every rebuild of `mkdocs serve`."""

    settings: Settings
    reviews: dict[str, Review]
    pages: Pages
    overview: Portfolio

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Live as long as `mkdocs serve` does."""

    @event_priority(-200)
    def on_config(self, config: defaults.MkDocsConfig) -> defaults.MkDocsConfig:
        """Read the settings, forget the build before. Late, when a plugin that builds one language after the other has set that of the theme."""
        start = pathlib.Path(config.config_file_path or "mkdocs.yml").parent
        try:
            self.settings = settings.load(start)
            contract(self.settings)
            detector.cache_clear()
            self.rules = chosen(self.settings, (), () if self.config.lint == "all" else ("wording",))
        except SettingsError as error:
            raise PluginError(f"mlvalue: {error}") from error
        self.reviews = {}
        tag = str(config.theme.get("language") or config.theme.locale or "en")
        said = language(tag, config.theme.dirs)
        for problem in said.problems:
            log.warning("%s", problem)
        self.pages = Pages([*config.theme.dirs, str(HERE / "templates")], said, tag)
        config.extra_css += [style for style in STYLES if style not in config.extra_css]
        for script in SCRIPTS:
            if script not in map(str, config.extra_javascript):
                loaded = options.ExtraScriptValue(script)
                loaded.defer = True
                config.extra_javascript.append(loaded)
        return config

    def on_files(self, files: Files, *, config: defaults.MkDocsConfig) -> Files:
        """Add the style sheet and the scripts."""
        for name in (*STYLES, *SCRIPTS):
            if files.get_file_from_path(name) is None:
                files.append(File(name, str(HERE / "assets"), config.site_dir, use_directory_urls=False))
        return files

    def on_nav(self, nav: Navigation, *, config: defaults.MkDocsConfig, files: Files) -> Navigation:
        """Part the design pages by their stage, if asked to."""
        del config, files
        return by_stage(nav, self._stage, self.pages.language) if self.config.nav_by_stage else nav

    def _stage(self, page: Page) -> str:
        """The stage that a page's document has, "" where it is none."""
        if not self._is_design(page.file):
            return ""
        stage = self._review(page.file).data.get("stage")
        return stage if stage in STAGES else "unknown"

    @event_priority(-100)
    def on_page_markdown(self, markdown: str, *, page: Page, config: defaults.MkDocsConfig, files: Files) -> str:
        """Review a design page. MkDocs prints front matter that it can't read on the page: then show the body alone."""
        del config, files
        if not self._is_design(page.file):
            return markdown
        found = self._review(page.file)
        front_matter = found.document.yaml
        if front_matter and not page.meta:
            return found.document.text.string[found.document.body :]
        return markdown

    @event_priority(-100)
    def on_env(self, env: jinja2.Environment, *, config: defaults.MkDocsConfig, files: Files) -> jinja2.Environment:
        """Now that every page was read: put cards on top, fill the slots of portfolios, tell what was found."""
        shown = {file.src_uri: file for file in files.documentation_pages() if self._is_design(file)}
        base = _address(config)
        addresses = {id(self._review(file)): urllib.parse.urljoin(base, file.url) if base else "" for file in shown.values()}
        overview = portfolio([self._review(file) for file in shown.values()], self.settings, lambda review: addresses[id(review)])
        for problem in overview.problems:
            log.warning("%s", problem)
        self.overview = overview
        pages = {file.src_uri: file for file in files.documentation_pages()}
        by_review = {id(entry.review): entry for entry in overview.entries}
        entries = {uri: by_review[id(self.reviews[uri])] for uri in shown}
        site = Shown(
            self.pages,
            overview,
            entries,
            lambda target, page: shown[target].url_relative_to(pages[page]),
            lambda entry, page: self._evidence_link(entry, page, files, site),
            lambda path: getattr(path and files.get_file_from_path(path), "src_uri", ""),
        )
        for file in pages.values():
            if file.page and file.page.content:
                self._fill(file.page, site)
        for uri, entry in site.entries.items():
            self._show_card(shown[uri], entry, site)
        for entry in overview.entries:
            for diagnostic in entry.review.diagnostics:
                log.warning(
                    "%s:%s:%s: %s[%s] %s", diagnostic.path, diagnostic.line, diagnostic.column, diagnostic.severity, diagnostic.rule, diagnostic.message
                )
        return env

    def _is_design(self, file: File) -> bool:
        return file.abs_src_path is not None and file.is_documentation_page() and self.settings.is_document(pathlib.Path(file.abs_src_path))

    def _review(self, file: File) -> Review:
        if file.src_uri not in self.reviews:
            assert file.abs_src_path is not None
            path = pathlib.Path(file.abs_src_path)
            shown = path.resolve().relative_to(self.settings.root.resolve())
            self.reviews[file.src_uri] = review(path.read_bytes(), path, self.settings, self.rules, shown)
        return self.reviews[file.src_uri]

    def _show_card(self, file: File, entry: Entry, site: Shown) -> None:
        page = file.page
        if page is None or page.content is None:
            return
        card = self.pages.card(entry, site.overview.project(entry), site.evidence(entry, file.src_uri), site.links(file.src_uri), "mlv")
        heading = FIRST_HEADING.search(page.content)
        at = heading.end() if heading else 0
        page.content = f"{page.content[:at]}\n{card}\n{page.content[at:]}"

    def _fill(self, page: Page, site: Shown) -> None:
        """Put what a page asks for in the place of its directives; a wrong one is a warning with its line."""

        def refuse(comment: str, before: int, error: DirectiveError) -> None:
            line = directives.line_of(page.file.content_string, comment, before)
            path = self.settings.relative(pathlib.Path(page.file.abs_src_path)) if page.file.abs_src_path else ""
            log.warning("%s:%s: `%s`: %s", path or page.file.src_uri, line, comment, error)

        assert page.content is not None
        page.content = directives.filled(page.content, lambda directive, number: site.fill(directive, page.file.src_uri, f"mlv-{number}"), refuse)

    def _evidence_link(self, entry: Entry, page: str, files: Files, site: Shown) -> str | None:
        """Where a reader of a page can open the evidence: a page or file of the site, or an address on the web; else nowhere."""
        design = entry.review.design
        link = design.evidence.link if design and design.evidence else ""
        if SCHEME.match(link):
            return link if link.lower().startswith(WEB) else None
        path, _, anchor = link.partition("#")
        source = next(uri for uri, each in site.entries.items() if each is entry)
        target = files.get_file_from_path(joined(source, urllib.parse.unquote(path))) if path else None
        here = files.get_file_from_path(page)
        return None if target is None or here is None else target.url_relative_to(here) + (f"#{anchor}" if anchor else "")

    def on_post_build(self, *, config: defaults.MkDocsConfig) -> None:
        """Write the portfolio as data beside the pages: for spreadsheets, feed readers, README files and other portfolios."""
        part = _language_part(config)
        for name, content in exported(self.overview, urllib.parse.urljoin(_address(config), part)).items():
            target = pathlib.Path(config.site_dir, part, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode())


def _address(config: defaults.MkDocsConfig) -> str:
    """That of the site, "" if it has none. It ends with a slash, without which mike leaves that of a version."""
    return f"{config.site_url.rstrip('/')}/" if config.site_url else ""


def _language_part(config: defaults.MkDocsConfig) -> str:
    """Where below the site a build writes: "", or with mkdocs-static-i18n, which builds one language after the other, `de/` and the like."""
    i18n = config.plugins.get("i18n")
    return "" if getattr(i18n, "is_default_language_build", True) else f"{getattr(i18n, 'current_language', '')}/"


logging.getLogger("mkdocs.plugins.mlvalue").setLevel(logging.INFO)
