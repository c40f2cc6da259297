"""Partners in the admin: who they are, their keys, what they may have and what they did."""

from newsroom.partners.admin.access_event import AccessEventAdmin
from newsroom.partners.admin.partner import PartnerAdmin
from newsroom.partners.admin.product import ProductAdmin

__all__ = ["AccessEventAdmin", "PartnerAdmin", "ProductAdmin"]
