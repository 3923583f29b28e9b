"""Composed: numbers and pages made of single digits, to measure on and to fit weights on."""
