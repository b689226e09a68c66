from openmash.web.raising.journey import ADVICE
from openmash.web.raising.routes import journey_routes

app_name = "advice"
urlpatterns = journey_routes(ADVICE)
