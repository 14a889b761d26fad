// A real site writes one mode into its tag. Here ?consent=required shows the other one.
if (new URLSearchParams(location.search).get('consent') === 'required') {
  document.querySelector('script[data-consent]').dataset.consent = 'required';
}
