"""Page set-up and navigation. Start it with `make run`."""

import streamlit as st

from ui.address import FIRST_PAGE, open_link
from ui.pin import begin_page
from ui.private import private_banner
from ui.reading import guarded
from ui.words import _

st.set_page_config(page_title="Pinyu 品育", page_icon="ui/icon.svg", layout="wide")

with guarded():
    open_link()
    page = st.navigation(
        [
            st.Page("pages/overview.py", title=_("Overview"), icon=":material/dashboard:", default=True),
            st.Page("pages/brand.py", title=_("Brand cultivation"), icon=":material/eco:"),
            st.Page("pages/concentration.py", title=_("20/80 concentration"), icon=":material/pie_chart:"),
            st.Page("pages/managers.py", title=_("Managers"), icon=":material/groups:"),
            st.Page("pages/meeting.py", title=_("Meeting"), icon=":material/slideshow:"),
            st.Page("pages/upload.py", title=_("Upload"), icon=":material/upload_file:"),
            st.Page("pages/data.py", title=_("Data"), icon=":material/database:"),
            st.Page("pages/dictionary.py", title=_("Metric dictionary"), icon=":material/menu_book:"),
        ],
        position="top",
    )
    private_banner()
    begin_page(page.url_path or FIRST_PAGE)
    page.run()
