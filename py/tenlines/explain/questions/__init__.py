"""Questions that learners ask, each where it arises on the page, and their answers with the numbers of an iteration."""
