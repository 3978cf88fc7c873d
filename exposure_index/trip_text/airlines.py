"""Airlines by both of their designators: a ticket has CA1234, a flight tracker CCA1234.

Airlines to, from and within East Asia, as ICAO Doc 8585 and the IATA Airline Coding Directory
assign them; written down by hand, not compared with either. An unknown designator is kept as it is.
"""

from collections.abc import Mapping

_MAINLAND = """
CCA CA CES MU CSN CZ CHH HU CXA MF CSZ ZH CSC 3U CDG SC CSH FM CQH 9C DKH HO CBJ JD GCR GS LKE 8L
HXA G5 KNA KY OKA BK CUA KN CHB PN CBG GX FZA FU CGZ GY QDA QW CDC GJ EPA DZ UEA EU TBA TV CUH UQ
HBH NS JYH AQ YZR Y8
"""
_HONG_KONG_MACAO_TAIWAN = """
CPA CX HDA KA HKE UO CRK HX AMU NX CAL CI EVA BR MDA AE TTW IT SJX JX
"""
_ELSEWHERE = """
KAL KE AAR OZ JNA LJ JJA 7C TWB TW ABL BX ANA NH JAL JL APJ MM SIA SQ THA TG AIQ FD MAS MH AXM AK
PAL PR CEB 5J HVN VN VJC VJ GIA GA RBA BI LAO QV AIC AI IGO 6E PIA PK ALK UL UAE EK ETD EY QTR QR
SVA SV ELY LY THY TK ETH ET KQA KQ MSR MS AFL SU SBI S7 KZR KC UZB HY DLH LH AFR AF KLM KL BAW BA
VIR VS SWR LX AUA OS FIN AY SAS SK IBE IB LOT LO UAL UA DAL DL AAL AA ACA AC HAL HA QFA QF ANZ NZ
"""


def _pairs(text: str) -> dict[str, str]:
    codes = text.split()
    return dict(zip(codes[::2], codes[1::2], strict=True))


IATA_OF_ICAO: Mapping[str, str] = _pairs(_MAINLAND + _HONG_KONG_MACAO_TAIWAN + _ELSEWHERE)
"""The designator on tickets by the one of three letters."""
