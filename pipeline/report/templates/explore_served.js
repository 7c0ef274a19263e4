// The answers come from the server, which reads them from the run's database.
async function ask(what, query) {
  const answer = await fetch(`ask/${what}?${new URLSearchParams({ query: JSON.stringify(query) })}`);
  if (!answer.ok) throw new Error((await answer.text()).trim());
  return answer.json();
}
