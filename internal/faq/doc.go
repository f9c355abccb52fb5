// Package faq holds the carrier's 36 questions with their answers in every
// language, finds the right one for a question in the customer's own words, and
// keeps whether an answer helped.
//
// The texts stand in text/{language}/{id}.md, one file for each question:
//
//	title: the question, as a customer asks it
//	words: search words, with commas, that title and answer don't use
//	---
//	The answer. Paragraphs, "- " and "1. " lists, **strong**, [text](/path).
//
// Titles and answers hold no digit: what a rule decides comes as a placeholder
// and is filled from the rule's own data, so that no text can contradict it.
// Each language uses the same placeholders and the same links for an answer:
//
//	{max_weight_lb} {max_weight_kg} {max_side_in} {max_side_cm}  limits of a parcel
//	{claim_days} {duty_days} {silent_days}  spans in days
//	{id_days}        how many days a parcel waits for the consignee's ID
//	{id_kept_days} {id_unused_days}  for how many days it is kept
//	{unlock_hours}   how long an unlocked parcel stays open
//	{numbers_max}    how many numbers are looked up at a time
//	{destinations_n} {destinations}  how many there are, and their names in a row
//	{id_countries}   the names of those whose customs asks for the consignee's ID
//
// What is the same in every language stands in text/index.csv: the questions in
// their order, those related to them, and the day on which an answer was checked.
package faq
