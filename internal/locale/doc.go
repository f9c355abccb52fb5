// Package locale gives the portal its languages: the words of every page from
// embedded catalogues, and dates, times, numbers, countries and zones as people
// write them in each language. It knows no domain: statuses and countries come
// in as their codes.
package locale
