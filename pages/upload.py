"""Upload 上传: drop a file, say what it is, see what becomes of every row; nothing is shared until somebody says so."""

import streamlit as st

from pages.uploading.check import tell_failure, wait_for_it
from pages.uploading.choose import choose
from pages.uploading.columns import columns_step
from pages.uploading.drop import drop_step
from pages.uploading.state import upload
from ui.address import through_the_front_door, write_address
from ui.reading import guarded
from ui.scope_bar import language_switch
from ui.words import _

through_the_front_door()
with st.container(horizontal=True, vertical_alignment="bottom"):
    st.subheader(_("Upload"), width="content", anchor=False)
    st.markdown(_("Look at any sales table by yourself: nobody else sees it until you publish it."), width="stretch")
    language_switch()
write_address()
with guarded():
    given = upload()
    if given.job is not None:
        wait_for_it(given)
    elif given.outcome is not None and not tell_failure(given):
        choose(given)
    else:
        drop_step(given)
        columns_step(upload())
